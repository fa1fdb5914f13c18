#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(void)
  {
   string s="";
   s=5;
  }
#endif
// refused: implicit-text at 6:6
