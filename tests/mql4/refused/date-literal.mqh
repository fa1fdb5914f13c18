#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(void)
  {
   datetime begin=D'2020.01.01';
  }
#endif
// refused: date-literal at 5:19
