"""Excel workbooks: read, written, handed out as a template, marked where they are faulty."""
