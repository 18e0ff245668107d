CREATE TABLE IF NOT EXISTS console_sessions (
    token_hash BINARY(32) NOT NULL PRIMARY KEY,
    id_user INT NOT NULL,
    fingerprint DATETIME NULL,
    password_mark BINARY(32) NOT NULL,
    created_at DATETIME(3) NOT NULL,
    last_seen_at DATETIME(3) NOT NULL,
    origin VARCHAR(255) NOT NULL,
    KEY by_user (id_user)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
