FROM who_is('LEE')
