"""The official library of Service-Public.fr (DILA, XML "vosdroits"): from its archive to procedures."""
