"""Real models, and how to get them."""

from assistant.models.offline import forbid_telemetry

forbid_telemetry()
