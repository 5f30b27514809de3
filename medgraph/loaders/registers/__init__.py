"""Read and write the registers of other systems; docs/interchange.md says what each can hold."""
