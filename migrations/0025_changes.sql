CREATE TABLE IF NOT EXISTS console_changes (
    id BIGINT NOT NULL,
    id_user INT NOT NULL,
    key_fingerprint VARCHAR(128) NULL,
    spared BINARY(16) NULL,
    changed_at DATETIME(3) NOT NULL,
    PRIMARY KEY (id, id_user)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
