export const benchPin = '24681357';
