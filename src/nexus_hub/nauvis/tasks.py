"""What nauvis does by the clock: every ten seconds it sends the callbacks that are due."""

from __future__ import annotations

from nexus_hub.nauvis.callbacks import send_due
from nexus_hub.platform.jobs import Schedule

SCHEDULES = [
    # The sixth field counts seconds.
    Schedule(name="nauvis.send_callbacks", cron="* * * * * */10", run=send_due, attempts=3)
]
