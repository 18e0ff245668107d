CREATE TABLE IF NOT EXISTS console_accounts (
    id_user INT NOT NULL PRIMARY KEY,
    fingerprint DATETIME NULL,
    disabled_at DATETIME(3) NULL,
    disabled_by INT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
