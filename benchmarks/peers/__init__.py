"""What people would use instead of this planner, on the same problems and under the same judge."""
