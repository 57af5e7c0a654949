{{/* The name of everything that is made once per release. */}}
{{- define "lambda-rollouts.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 53 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 53 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 53 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "lambda-rollouts.selector" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "lambda-rollouts.labels" -}}
{{ include "lambda-rollouts.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- define "lambda-rollouts.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "lambda-rollouts.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- required "serviceAccount.name: name the ServiceAccount to use, or let the chart create one" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "lambda-rollouts.image" -}}
{{- $repository := required "image.repository: no image is published yet, build one from lambda-rollouts-operator.jar and name it" .Values.image.repository -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" $repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" $repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end -}}

{{/* The operator's ServiceAccount, as the subject of a binding. */}}
{{- define "lambda-rollouts.subject" -}}
- kind: ServiceAccount
  name: {{ include "lambda-rollouts.serviceAccount" . }}
  namespace: {{ .Release.Namespace }}
{{- end -}}

{{/* What it does in every namespace that it watches. */}}
{{- define "lambda-rollouts.rules" -}}
# Git holds intent, status holds facts: of the objects themselves it changes nothing but the finalizers.
- apiGroups: [lambdarollouts.dev]
  resources: [lambdarollouts, lambdafunctions, lambdastages, rolloutstrategies]
  verbs: [get, list, watch]
- apiGroups: [lambdarollouts.dev]
  resources: [lambdarollouts, lambdafunctions, lambdastages]
  verbs: [patch]
- apiGroups: [lambdarollouts.dev]
  resources: [lambdarollouts/status, lambdafunctions/status, lambdastages/status, rolloutstrategies/status, rolloutactions/status]
  verbs: [patch]
# Finished actions are deleted after a week.
- apiGroups: [lambdarollouts.dev]
  resources: [rolloutactions]
  verbs: [get, list, watch, delete]
- apiGroups: [""]
  resources: [configmaps]
  verbs: [get, list, watch]
- apiGroups: [""]
  resources: [events]
  verbs: [create]
{{- end -}}

{{- define "lambda-rollouts.secretsRules" -}}
- apiGroups: [""]
  resources: [secrets]
  verbs: [get, list, watch]
{{- end -}}
