"""Where rows live: the table contract, the lake, marts, checks and the publication."""
