"""Reading a trace: files unpacked line by line, and the form of every event checked."""
