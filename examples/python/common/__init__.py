"""What the example programs share: their command line, the VXLAN device they make, the tables they print."""
