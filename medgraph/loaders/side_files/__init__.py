"""Read files beside the network through one door: each reader declares its columns."""
