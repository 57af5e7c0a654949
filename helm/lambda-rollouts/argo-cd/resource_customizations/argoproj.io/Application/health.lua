-- Argo CD gives an Application no health of its own since 1.8, and an app of apps needs one: else its waves pass at once.
-- An Application keeps the health it had when its source changes: Progressing until it was compared and synced.
local status = obj.status or {}
local operation = status.operationState or {}

if status.health == nil or status.health.status == nil then
  return {status = "Progressing", message = "not compared yet"}
end
if obj.operation ~= nil or operation.phase == "Running" or operation.phase == "Terminating" then
  return {status = "Progressing", message = "a sync is under way"}
end

local wanted = (obj.spec or {}).source
local compared = ((status.sync or {}).comparedTo or {}).source
if wanted ~= nil then
  for _, field in ipairs({"repoURL", "path", "chart", "targetRevision"}) do
    if compared == nil or (wanted[field] or "") ~= (compared[field] or "") then
      return {status = "Progressing", message = "not compared with its source yet"}
    end
  end
end
if status.sync == nil or status.sync.status ~= "Synced" then
  if operation.phase == "Failed" or operation.phase == "Error" then
    return {status = "Degraded", message = operation.message or "the sync failed"}
  end
  return {status = "Progressing", message = "not synced yet"}
end

return {status = status.health.status, message = status.health.message or ""}
