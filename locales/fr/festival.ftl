# Ce que disent les écrans : films, jurys, votes, événements, partenaires, règles.
