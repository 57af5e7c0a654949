-- Generated from lua/action.lua by generate: edit that.
-- Asks the operator for Pause by creating a RolloutAction. The operator judges it: Refused with a reason where it is too late.
local verb = "Pause"
-- The Kubernetes user that Argo CD's server creates it as, and never the person who clicked: see README.md.
local requestedBy = "system:serviceaccount:argocd:argocd-server"

local status = obj.status or {}
local current = nil
local awaiting = {}
for _, stage in ipairs(status.stages or {}) do
  if stage.name == status.stage then
    current = stage
  end
  if stage.phase == "AwaitingApproval" then
    table.insert(awaiting, stage)
  end
end

local spec = {action = verb, requestedBy = requestedBy, reason = "by a resource action in Argo CD"}
spec.rolloutRef = {name = obj.metadata.name}

if verb == "Approve" or verb == "Reject" then
  if #awaiting == 0 then
    error("no stage of " .. obj.metadata.name .. " awaits approval")
  end
  if #awaiting > 1 then
    error(awaiting[1].name .. " and " .. awaiting[2].name .. " await approval: create a RolloutAction that names the stage")
  end
  current = awaiting[1]
end

if current == nil then
  error("status names no current stage yet: the operator has not looked at " .. obj.metadata.name)
end
spec.stage = current.name
if verb == "Retry" then
  spec.release = current.desiredRelease
elseif verb ~= "RollBack" then
  spec.release = current.release
end
if verb == "Promote" then
  spec.step = current.currentStepIndex
end

local owner = {apiVersion = obj.apiVersion, kind = obj.kind, name = obj.metadata.name, uid = obj.metadata.uid}
local action = {apiVersion = "lambdarollouts.dev/v1alpha1", kind = "RolloutAction", spec = spec}
-- None of the parent's labels: with the tracking label Argo CD would prune it within seconds.
action.metadata = {generateName = obj.metadata.name .. "-", namespace = obj.metadata.namespace, ownerReferences = {owner}}
local create = {operation = "create", resource = action}
return {create}
