"""What pages share: state, caches, components, downloads."""
