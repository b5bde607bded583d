"""One exchange with the Region's server: a pure state machine and a transport."""
