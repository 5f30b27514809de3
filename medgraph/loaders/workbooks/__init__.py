"""Excel workbooks of ours: read, written, handed out as a template, marked where they are faulty."""
