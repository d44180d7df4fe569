"""Ready-made activities and whole agendas, which come with Concord."""
