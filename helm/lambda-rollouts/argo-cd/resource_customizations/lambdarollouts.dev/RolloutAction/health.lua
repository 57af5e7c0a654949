-- Judged once, and immutable: there is no generation to compare.
local status = obj.status or {}

if status.phase == nil then
  return {status = "Progressing", message = "the operator has not judged it yet"}
end

local health = {Applied = "Healthy", Refused = "Degraded"}

return {status = health[status.phase] or "Unknown", message = status.message or status.phase}
