CREATE TABLE IF NOT EXISTS console_trash (
    request_id BINARY(16) NOT NULL,
    sequence INT NOT NULL,
    id_movie INT NOT NULL,
    fingerprint VARCHAR(40) NULL,
    title TEXT NOT NULL,
    deleted_at DATETIME(3) NOT NULL,
    deleted_by INT NULL,
    deleted_by_name VARCHAR(255) NOT NULL,
    origin VARCHAR(255) NOT NULL,
    reason TEXT NULL,
    hung TEXT NOT NULL,
    PRIMARY KEY (request_id, sequence),
    KEY by_film (id_movie),
    KEY by_time (deleted_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
