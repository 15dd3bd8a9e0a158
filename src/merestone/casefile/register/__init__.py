"""What a delegation does with its register: the use cases of `merestone register`."""
