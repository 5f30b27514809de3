"""Read and write directories in FHIR R4 (IHE mCSD, Plan-Net), as files and at a live server.

`docs/fhir.md` says what enters, what is lost, both ways.
"""
