"""What a signer is shown before signing, from the exact bytes, and what a signature means."""
