"""Every suffix of a file that medgraph reads or writes; nowhere else does one stand."""

# Tables, and workbooks of them. Of several suffixes the first is the one that is written.
CSV = ".csv"
XLSX = ".xlsx"
WORKBOOKS = (XLSX, ".xlsm")
XML = ".xml"  # a part of a package, or a spreadsheet of 2003
OLD_WORKBOOKS = (".xls", ".et", ".ods", ".xlsb", XML)  # read, and never written
TEXT_TABLES = (".txt", ".tsv")  # Excel saves Unicode text as .txt
GZIP = ".gz"  # of one file of text, behind its own suffix

# Networks
JSON = ".json"
GRAPHML = ".graphml"
PARQUET = ".parquet"
SNAPSHOT = ".mgz"
GEOJSON = ".geojson"
NDJSON = ".ndjson"
FHIR = (".fhir.json", ".fhir.ndjson")
GEXF = ".gexf"
GML = ".gml"
PAJEK = ".net"
GEOPACKAGE = ".gpkg"
SHAPEFILE = ".shp"
NETWORKS = (
    *(JSON, GRAPHML, PARQUET, SNAPSHOT, GEOJSON, *FHIR, GEXF, GML, PAJEK, GEOPACKAGE, SHAPEFILE),
)

# Registers of other systems, whose last suffix is that of a network or table; known by content too
DHIS2 = ".dhis2.json"
NHS_ODS = ".ods.json"
EDGE_LISTS = (".edges.csv", ".edges.xlsx")
REGISTERS = (DHIS2, NHS_ODS, *EDGE_LISTS)

# Recipes for a shared store
CYPHER = ".cypher"

# What a mapping and a policy pack are written in
TOML = ".toml"

# Pages, pictures and documents
HTML = (".html", ".htm")
SVG = ".svg"
PNG = ".png"
PDF = ".pdf"
DOCX = ".docx"
TEXT = ".txt"

# Several files in one
ZIP = ".zip"
