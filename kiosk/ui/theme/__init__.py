"""How it looks: colours, millimetres, screens, fonts."""
