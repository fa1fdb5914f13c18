#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(void)
  {
   int matrix=0;
  }
#endif
// refused: reserved-name at 5:8
