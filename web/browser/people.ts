/** The people of world.yaml as a file of contacts. */
export const PEOPLE = `name,phone,profession,interests
Анна Белова,+79991110001,Врач,Здоровье
Борис Громов,+79991110002,Водитель,Рыбалка
Вера Зимина,+79991110003,Учитель,Книги
Глеб Котов,+79991110004,Инженер,Инвестиции
`;

/** Those who answer quickly, for tests of a dialog. */
export const ANNA = 1;
export const BORIS = 2;
export const VERA = 3;
