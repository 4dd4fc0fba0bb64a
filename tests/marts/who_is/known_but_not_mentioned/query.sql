SELECT name, aliases, roles, mentions, first_on FROM who_is('Russia')
