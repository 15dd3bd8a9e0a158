"""What others read: formats and documents, as bytes."""
