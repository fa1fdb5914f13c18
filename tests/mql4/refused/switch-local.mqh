#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(const int a)
  {
   switch(a)
     {
      case 1:
         int b=1;
         break;
     }
  }
#endif
// refused: switch-local at 8:10
