{{/* The operator's configuration file: docs/configuration.md describes the keys. */}}
{{- define "lambda-rollouts.configuration" -}}
lambda-rollouts:
  namespace: {{ .Release.Namespace }}
  watch-namespaces: {{ default (list "*") .Values.watchNamespaces | toJson }}
  secrets-namespaces: {{ .Values.secretsNamespaces | toJson }}
  tenancy:
    mode: {{ .Values.tenancy.mode }}
  approvals-ignored-users: {{ .Values.approvals.ignoredUsers | toJson }}
  drift-check-interval: {{ .Values.driftCheckInterval }}
  alarm-poll-interval: {{ .Values.alarmPollInterval }}
  shutdown-timeout: {{ .Values.shutdownTimeout }}
  http-port: {{ .Values.httpPort }}
  aws:
    lambda-requests-per-second: {{ .Values.aws.lambdaRequestsPerSecond }}
    get-function-requests-per-second: {{ .Values.aws.getFunctionRequestsPerSecond }}
    describe-alarms-requests-per-second: {{ .Values.aws.describeAlarmsRequestsPerSecond }}
    describe-alarm-history-requests-per-second: {{ .Values.aws.describeAlarmHistoryRequestsPerSecond }}
  leader-election:
    enabled: {{ .Values.leaderElection.enabled }}
    lease-duration: {{ .Values.leaderElection.leaseDuration }}
    renew-deadline: {{ .Values.leaderElection.renewDeadline }}
    retry-period: {{ .Values.leaderElection.retryPeriod }}
  log-level: {{ .Values.log.level }}
  log-format: {{ .Values.log.format }}
{{- end -}}
