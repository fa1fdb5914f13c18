#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(void)
  {
   int a[]={1,2};
  }
#endif
// refused: brace-initialiser at 5:8
