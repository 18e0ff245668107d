CREATE TABLE IF NOT EXISTS console_ssh_keys (
    fingerprint VARCHAR(128) NOT NULL PRIMARY KEY,
    id_user INT NOT NULL,
    user_created DATETIME NULL,
    algorithm VARCHAR(64) NOT NULL,
    public_key TEXT NOT NULL,
    comment VARCHAR(255) NOT NULL,
    added_at DATETIME(3) NOT NULL,
    KEY by_user (id_user)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
