"""The exercises of the workshop, one module a lesson; every answer is found by netmeta from the bundled trials."""
