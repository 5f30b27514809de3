"""Read and write what programs for graphs of any kind know: GEXF, GML, Pajek, edge lists."""
