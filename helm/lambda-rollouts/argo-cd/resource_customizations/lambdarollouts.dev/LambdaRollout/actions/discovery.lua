-- Which buttons are lit. Only a convenience: the operator judges every action when it sees it.
local status = obj.status or {}
local current = {}
local awaiting = 0
for _, stage in ipairs(status.stages or {}) do
  if stage.name == status.stage then
    current = stage
  end
  if stage.phase == "AwaitingApproval" then
    awaiting = awaiting + 1
  end
end

local phase = current.phase or ""
local pause = current.pause or {}

local function anyOf(word, words)
  for _, one in ipairs(words) do
    if word == one then
      return true
    end
  end
  return false
end

local toTraffic = {"PreTraffic", "AwaitingApproval", "Shifting", "Paused"}
local underWay = {"Deploying", "PreTraffic", "AwaitingApproval", "Shifting", "Paused", "PostTraffic", "Baking"}
local refused = {"RolledBack", "Rejected", "Failed"}
-- What Promote does not end: unset it, or Resume, or Abort.
local notByPromote = {"SpecPaused", "StageSuspended", "Drift", "ActionPause", "NotShiftable"}

local promotes = false
if pause.reason ~= nil then
  promotes = not anyOf(pause.reason, notByPromote)
elseif phase == "Shifting" then
  promotes = current.nextStepAt ~= nil
end

local leaves = current.stableVersion
if anyOf(phase, underWay) then
  leaves = current.canaryVersion or leaves
end
local goesBack = false
for _, entry in ipairs(current.history or {}) do
  if anyOf(entry.outcome, {"Promoted", "FastPromoted"}) and entry.version ~= nil and entry.version ~= leaves then
    goesBack = true
  end
end

local enabled = {}
enabled["promote"] = promotes
enabled["promote-fully"] = anyOf(phase, toTraffic)
enabled["abort"] = anyOf(phase, underWay)
enabled["retry"] = anyOf(phase, refused)
enabled["pause"] = anyOf(phase, underWay) and pause.reason ~= "ActionPause"
enabled["resume"] = anyOf(pause.reason, {"ActionPause", "Drift"})
enabled["approve"] = awaiting == 1
enabled["reject"] = awaiting == 1
enabled["roll-back"] = goesBack

local actions = {}
for name, on in pairs(enabled) do
  actions[name] = {disabled = not on}
end
return actions
