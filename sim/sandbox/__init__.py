"""The live sandbox: worlds under a clock moved by command, reached over real sockets, kept in one file."""
