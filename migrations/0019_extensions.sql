CREATE TABLE IF NOT EXISTS console_extensions (
    id_user INT NOT NULL,
    round TINYINT UNSIGNED NOT NULL,
    user_created DATETIME NULL,
    until_at DATETIME(3) NOT NULL,
    changed_at DATETIME(3) NOT NULL,
    PRIMARY KEY (id_user, round)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
