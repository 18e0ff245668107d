CREATE TABLE IF NOT EXISTS console_rounds (
    id_movie INT NOT NULL PRIMARY KEY,
    born VARCHAR(32) NULL,
    guard BIGINT NOT NULL,
    closed_first MEDIUMTEXT NULL,
    closed_second MEDIUMTEXT NULL,
    reopened TEXT NULL,
    discussed BOOLEAN NOT NULL DEFAULT FALSE,
    opened BOOLEAN NOT NULL DEFAULT FALSE,
    noted BOOLEAN NOT NULL DEFAULT FALSE,
    KEY by_noted (noted, id_movie)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
