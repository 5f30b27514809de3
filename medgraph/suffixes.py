"""Every suffix of a file that medgraph reads or writes; nowhere else does one stand."""

# Tables, and workbooks of them. Of several suffixes the first is the one that is written.
CSV = ".csv"
XLSX = ".xlsx"
WORKBOOKS = (XLSX, ".xlsm")
XML = ".xml"  # a part of a package, or a spreadsheet of 2003
OLD_WORKBOOKS = (".xls", ".et", ".ods", ".xlsb", XML)  # read, and never written
TEXT_TABLES = (".txt", ".tsv")  # Excel saves Unicode text as .txt

# Networks
JSON = ".json"
GRAPHML = ".graphml"
PARQUET = ".parquet"
SNAPSHOT = ".mgz"
GEOJSON = ".geojson"
NDJSON = ".ndjson"
FHIR = (".fhir.json", ".fhir.ndjson")
NETWORKS = (JSON, GRAPHML, PARQUET, SNAPSHOT, GEOJSON, *FHIR)

# What a mapping and a policy pack are written in
TOML = ".toml"

# Pages, pictures and documents
HTML = (".html", ".htm")
SVG = ".svg"
PNG = ".png"
PDF = ".pdf"
DOCX = ".docx"
TEXT = ".txt"
