"""What people see of a register: the signing view, and the page of an export."""
