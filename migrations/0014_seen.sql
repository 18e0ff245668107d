CREATE TABLE IF NOT EXISTS console_seen (
    id_movie INT NOT NULL PRIMARY KEY,
    born VARCHAR(32) NULL,
    status VARCHAR(255) NOT NULL,
    watched MEDIUMTEXT NOT NULL,
    film_sum BIGINT UNSIGNED NOT NULL,
    panel_sum BIGINT UNSIGNED NOT NULL,
    votes_sum BIGINT UNSIGNED NOT NULL,
    awards_sum BIGINT UNSIGNED NOT NULL,
    ledger BIGINT NOT NULL,
    version BIGINT NOT NULL,
    KEY by_version (version)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
