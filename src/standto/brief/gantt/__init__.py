"""The Gantt: what each requirement does from alert to in place, and how a row of it is drawn."""
