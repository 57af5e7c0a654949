-- What status.phase says, once it is about this very generation: a stale Healthy would pass a sync wave.
local status = obj.status or {}

if status.phase == nil or status.observedGeneration ~= obj.metadata.generation then
  return {status = "Progressing", message = "the operator has not judged this generation yet"}
end

-- Paused waits for a person or a window: Suspended, which holds a sync wave.
local health = {Healthy = "Healthy", Progressing = "Progressing", Paused = "Suspended", Degraded = "Degraded"}

return {status = health[status.phase] or "Unknown", message = status.message or status.phase}
