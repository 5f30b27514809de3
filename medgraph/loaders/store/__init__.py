"""A network that many share, in Neo4j: addressed, written as differences, read still."""
