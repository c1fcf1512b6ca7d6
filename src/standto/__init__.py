"""Standto: standing response forces, from readiness and alert to movement, with a proven bound."""
