-- Generated from lua/ready.lua by generate: edit that.
-- Healthy once the operator has judged this very generation and finds it usable.
local generation = obj.metadata.generation
local status = obj.status or {}

for _, condition in ipairs(status.conditions or {}) do
  if condition.type == "Ready" and condition.observedGeneration == generation then
    if condition.status == "True" then
      return {status = "Healthy", message = condition.message}
    end
    if condition.status == "False" and condition.reason ~= "Terminating" then
      return {status = "Degraded", message = condition.message}
    end
    return {status = "Progressing", message = condition.message}
  end
end

return {status = "Progressing", message = "the operator has not judged this generation yet"}
