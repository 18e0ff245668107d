-- The platform's tables as its document has them, with the unique keys that they should have had, the console's indexes, and
-- moments that write themselves where the document leaves it open whether the site writes them.

CREATE TABLE IF NOT EXISTS `users` (
    `id_user` INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `first_name` VARCHAR(100) NOT NULL,
    `last_name` VARCHAR(100) NOT NULL,
    `email` VARCHAR(255) NOT NULL,
    `password` VARCHAR(255) NOT NULL,
    `phone` VARCHAR(20) NULL,
    `mobile` VARCHAR(20) NULL,
    `birth_date` DATE NULL,
    `street` VARCHAR(50) NULL,
    `postal_code` VARCHAR(10) NULL,
    `city` VARCHAR(50) NULL,
    `country` VARCHAR(50) NULL,
    `biography` VARCHAR(255) NULL,
    `job` ENUM('ACTOR', 'DIRECTOR', 'PRODUCER', 'WRITER', 'OTHER') NULL,
    `portfolio` VARCHAR(50) NULL,
    `youtube` VARCHAR(50) NULL,
    `instagram` VARCHAR(50) NULL,
    `linkedin` VARCHAR(50) NULL,
    `facebook` VARCHAR(50) NULL,
    `tiktok` VARCHAR(50) NULL,
    -- An ENUM whose words the document does not tell: a text takes them all.
    `known_by_mars_ai` VARCHAR(50) NULL,
    `role` ENUM('ADMIN', 'JURY', 'PRODUCER') NOT NULL DEFAULT 'PRODUCER',
    `createdAt` DATETIME NOT NULL,
    `updatedAt` DATETIME NOT NULL,
    UNIQUE KEY `email` (`email`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS `movies` (
    `id_movie` INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `title` VARCHAR(255) NOT NULL,
    `description` TEXT NULL,
    `duration` INT NULL,
    `main_language` VARCHAR(255) NULL,
    `release_year` INT NULL,
    `nationality` VARCHAR(255) NULL,
    `display_picture` VARCHAR(255) NULL,
    `picture1` VARCHAR(255) NULL,
    `picture2` VARCHAR(255) NULL,
    `picture3` VARCHAR(255) NULL,
    `trailer` VARCHAR(255) NULL,
    `youtube_link` VARCHAR(255) NULL,
    `production` VARCHAR(255) NULL,
    `workshop` VARCHAR(255) NULL,
    `translation` VARCHAR(255) NULL,
    `synopsis` TEXT NULL,
    `synopsis_anglais` TEXT NULL,
    `subtitle` VARCHAR(255) NULL,
    `ai_tool` VARCHAR(255) NULL,
    `thumbnail` VARCHAR(255) NULL,
    `admin_comment` TEXT NULL,
    `jury_comment` TEXT NULL,
    `selection_status` ENUM('submitted', 'assigned', 'to_discuss', 'candidate', 'awarded', 'refused', 'selected', 'finalist')
        NOT NULL DEFAULT 'submitted',
    `youtube_status` VARCHAR(255) NULL,
    `youtube_movie_id` VARCHAR(255) NULL,
    `id_user` INT NOT NULL,
    `createdAt` DATETIME NOT NULL,
    `updatedAt` DATETIME NOT NULL,
    KEY `id_user` (`id_user`),
    KEY `console_movies_title` (`title`, `id_movie`),
    KEY `console_movies_updated` (`updatedAt`, `id_movie`),
    KEY `console_movies_status` (`selection_status`, `updatedAt`, `id_movie`),
    CONSTRAINT `movies_ibfk_1` FOREIGN KEY (`id_user`) REFERENCES `users` (`id_user`) ON DELETE CASCADE ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS `votes` (
    `id_vote` INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `id_user` INT NOT NULL,
    `id_movie` INT NOT NULL,
    `note` ENUM('YES', 'NO', 'TO DISCUSS') NOT NULL,
    `comments` TEXT NULL,
    `modification_count` INT NOT NULL DEFAULT 0,
    `createdAt` DATETIME NOT NULL,
    `updatedAt` DATETIME NOT NULL,
    UNIQUE KEY `console_votes_ballot` (`id_movie`, `id_user`),
    KEY `id_user` (`id_user`),
    KEY `console_votes_tally` (`id_movie`, `id_user`, `note`, `modification_count`),
    CONSTRAINT `votes_ibfk_1` FOREIGN KEY (`id_user`) REFERENCES `users` (`id_user`) ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT `votes_ibfk_2` FOREIGN KEY (`id_movie`) REFERENCES `movies` (`id_movie`) ON DELETE CASCADE ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS `vote_histories` (
    `id_vote_history` INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `id_vote` INT NOT NULL,
    `id_user` INT NOT NULL,
    `id_movie` INT NOT NULL,
    `note` ENUM('YES', 'NO', 'TO DISCUSS') NOT NULL,
    `comments` TEXT NULL,
    `createdAt` DATETIME NOT NULL,
    `updatedAt` DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    KEY `id_vote` (`id_vote`),
    CONSTRAINT `vote_histories_ibfk_1` FOREIGN KEY (`id_vote`) REFERENCES `votes` (`id_vote`) ON DELETE CASCADE ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS `awards` (
    `id_award` INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `id_movie` INT NOT NULL,
    `award_name` VARCHAR(100) NULL,
    `createdAt` DATETIME NOT NULL,
    `updatedAt` DATETIME NOT NULL,
    KEY `id_movie` (`id_movie`),
    CONSTRAINT `awards_ibfk_1` FOREIGN KEY (`id_movie`) REFERENCES `movies` (`id_movie`) ON DELETE CASCADE ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS `events` (
    `id_event` INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `name` VARCHAR(255) NULL,
    `description` TEXT NULL,
    `start_date` DATETIME NULL,
    `end_date` DATETIME NULL,
    `location` VARCHAR(255) NULL,
    `event_type` ENUM('CONFERENCE', 'WORKSHOP', 'MEETUP', 'WEBINAR') NULL,
    `createdAt` DATETIME NOT NULL,
    `updatedAt` DATETIME NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS `reservations` (
    `id_reservation` INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `id_event` INT NOT NULL,
    `first_name` VARCHAR(100) NULL,
    `last_name` VARCHAR(100) NULL,
    `email` VARCHAR(255) NULL,
    `number_seats` INT NULL,
    `reservation_date` DATETIME NULL,
    `createdAt` DATETIME NOT NULL,
    `updatedAt` DATETIME NOT NULL,
    KEY `console_reservations_seats` (`id_event`, `number_seats`),
    CONSTRAINT `reservations_ibfk_1` FOREIGN KEY (`id_event`) REFERENCES `events` (`id_event`) ON DELETE CASCADE ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS `categories` (
    `id_categorie` INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `name` VARCHAR(255) NULL,
    `createdAt` DATETIME NOT NULL,
    `updatedAt` DATETIME NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS `collaborators` (
    `id_collaborator` INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `first_name` VARCHAR(150) NULL,
    `last_name` VARCHAR(150) NULL,
    `email` VARCHAR(255) NULL,
    `job` VARCHAR(100) NULL,
    `createdAt` DATETIME NOT NULL,
    `updatedAt` DATETIME NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS `sponsors` (
    `id_sponsor` INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `name` VARCHAR(255) NOT NULL,
    `logo` VARCHAR(255) NOT NULL,
    `url` VARCHAR(255) NULL,
    `category` VARCHAR(100) NULL,
    `createdAt` DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    `updatedAt` DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS `newsletter_subscribers` (
    `id_subscriber` INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `email` VARCHAR(255) NOT NULL,
    `subscribed_at` DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    UNIQUE KEY `email` (`email`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS `movies_categories` (
    `id_movie` INT NOT NULL,
    `id_categorie` INT NOT NULL,
    `createdAt` DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    `updatedAt` DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (`id_movie`, `id_categorie`),
    KEY `id_categorie` (`id_categorie`),
    CONSTRAINT `movies_categories_ibfk_1` FOREIGN KEY (`id_movie`) REFERENCES `movies` (`id_movie`) ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT `movies_categories_ibfk_2` FOREIGN KEY (`id_categorie`) REFERENCES `categories` (`id_categorie`) ON DELETE CASCADE ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS `collaborators_movies` (
    `id_collaborator` INT NOT NULL,
    `id_movie` INT NOT NULL,
    `createdAt` DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    `updatedAt` DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (`id_collaborator`, `id_movie`),
    KEY `id_movie` (`id_movie`),
    CONSTRAINT `collaborators_movies_ibfk_1` FOREIGN KEY (`id_collaborator`) REFERENCES `collaborators` (`id_collaborator`) ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT `collaborators_movies_ibfk_2` FOREIGN KEY (`id_movie`) REFERENCES `movies` (`id_movie`) ON DELETE CASCADE ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS `movies_juries` (
    `id_movie` INT NOT NULL,
    `id_user` INT NOT NULL,
    `createdAt` DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    `updatedAt` DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (`id_movie`, `id_user`),
    KEY `id_user` (`id_user`),
    CONSTRAINT `movies_juries_ibfk_1` FOREIGN KEY (`id_movie`) REFERENCES `movies` (`id_movie`) ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT `movies_juries_ibfk_2` FOREIGN KEY (`id_user`) REFERENCES `users` (`id_user`) ON DELETE CASCADE ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
