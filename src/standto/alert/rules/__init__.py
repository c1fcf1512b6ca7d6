"""The rules of the room: from state and command to what happens, or to the reason why it may not."""
